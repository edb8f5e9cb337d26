/** Backups, the way back from a damaged ledger, and the block after it. */
export const words = {
  'home.label': '백업',
  'home.fine': '백업 정상 – {{when}}',
  'home.none': '아직 백업이 없습니다. 곧 첫 백업을 만듭니다.',
  'home.old': '마지막 백업은 {{when}}입니다.',
  title: '백업',
  about:
    '하루에 한 번 장부를 복사하고, 복사본을 따로 열어 확인한 것만 둡니다. 최근 14일과 지난 12개월의 매달 첫 백업을 남깁니다.',
  keyHint:
    '백업은 이 컴퓨터의 열쇠로만 열립니다. 디스크 고장에 대비하려면 데이터 폴더의 vault.json(있으면 vault.key도)과 backups 폴더를 다른 곳에 복사해 두십시오. 열쇠를 운영체제가 보관하면 그 사용자 계정도 필요합니다.',
  'list.label': '백업 목록',
  'list.none': '아직 백업이 없습니다.',
  'column.at': '만든 시각',
  'column.size': '크기',
  'column.state': '상태',
  'column.act': '할 일',
  'state.sound': '확인됨',
  'state.broken': '읽을 수 없음',
  'make.verb': '지금 백업',
  'make.done': '백업을 만들고 확인했습니다.',
  'restore.verb': '복원',
  'restore.label': '{{when}} 백업으로 복원',
  'restore.title': '백업으로 복원',
  'restore.body':
    '장부를 {{when}} 상태로 되돌립니다. 그 뒤의 기록은 장부에서 사라지지만 지금 장부 파일은 지우지 않고 옮겨 둡니다. 이미 나간 돈은 되돌아오지 않습니다.',
  'restore.after':
    '프로그램이 다시 시작되고, 결재와 실행을 막은 채 열립니다. 끝나지 않은 묶음과 올린 파일은 끝냅니다. PG와 비교한 뒤 승인자가 풉니다.',
  'restore.confirm': '되돌리고 다시 시작',
  'restore.adminOnly': '복원은 관리자만 할 수 있습니다.',
  'quarantine.restored': '백업으로 복원한 장부입니다. 결재와 실행을 막아 두었습니다.',
  'quarantine.rolled-back': '장부 파일이 예전 것으로 바뀌었습니다. 결재와 실행을 막아 두었습니다.',
  'quarantine.text':
    '{{when}} 뒤에 나간 환불을 이 장부는 모릅니다. PG와 비교하고, 다른 점을 확인한 뒤 승인자가 풀어야 합니다.',
  'quarantine.compare': 'PG와 비교',
  'quarantine.again': '다시 비교',
  'quarantine.comparing': 'PG와 비교하는 중입니다.',
  'quarantine.compared': '{{when}}에 결제 {{count}}건을 비교했습니다.',
  'quarantine.noDifference': '다른 점이 없습니다.',
  'quarantine.differences': '다른 점이 {{count}}건 있습니다.',
  'quarantine.paidSince': '되돌린 시점 뒤에 이 프로그램으로 나간 환불이 {{count}}건, {{amount}} 있습니다.',
  'quarantine.undecided':
    '결과가 아직 나오지 않은 환불이 {{count}}건 있습니다. 늦게 처리되는 결제수단이면 나중에 바뀔 수 있습니다.',
  'quarantine.notShown':
    'KICC처럼 조회로 보여 주지 않는 PG의 결제 {{count}}건은 비교하지 못했습니다. 풀기 전에 그 PG의 알림을 가져오고, PG 관리자 화면에서 그 뒤의 환불을 확인하십시오.',
  'quarantine.missing': '장부의 결제 {{count}}건은 PG에서 찾지 못해 비교하지 못했습니다.',
  'quarantine.seeDrift': '불일치 보기',
  'quarantine.lift': '막음 풀기',
  'quarantine.liftTitle': '결재와 실행 막음 풀기',
  'quarantine.liftBody': '비교 결과를 확인했으며 다시 환불을 보내도 된다는 판단을 기록합니다.',
  'quarantine.liftRest': '다른 점이 남은 결제의 환불은 불일치를 정리할 때까지 나가지 않습니다.',
  'quarantine.checkerOnly': '푸는 일은 승인자가 합니다.',
  'recovery.title': '장부를 열 수 없습니다',
  'recovery.damaged':
    '장부 파일이 손상되었거나 사라져 열지 않았습니다. 저장 장치에 문제가 있거나 파일이 밖에서 바뀌었을 수 있습니다.',
  'recovery.foreign': '장부 자리에 다른 장부의 파일이 있어 열지 않았습니다. 파일이 서로 바뀌었을 수 있습니다.',
  'recovery.choose':
    '아래 백업으로 이어 갈 수 있습니다. 장부 파일을 되살릴 방법이 따로 있으면 종료하고 먼저 그 방법을 쓰십시오.',
  'recovery.file': '장부 파일',
  'recovery.backup': '가장 새 백업',
  'recovery.size': '백업 크기',
  'recovery.lost':
    '복원하면 장부는 {{when}} 상태가 됩니다. 그 뒤의 환불과 결재 기록은 장부에 없게 됩니다. 이미 나간 돈은 그대로이며, 복원한 뒤 PG와 비교해 찾아냅니다.',
  'recovery.kept': '손상된 파일은 지우지 않고 damaged 폴더에 옮겨 둡니다.',
  'recovery.restore': '백업으로 복원',
  'recovery.quit': '종료',
}
