export const words = {
  tagline: '환불 파일을 점검하고, 두 사람이 승인하고, PG와 맞추어 보는 프로그램입니다.',
  verb: '로그인',
  waiting: '로그인 창에서 계속해 주십시오.',
  'practice.title': '연습 모드',
  'practice.text':
    '이 컴퓨터 안에 있는 연습 상점과 연습용 PG를 씁니다. 실제 돈은 움직이지 않으며, 연습하는 사람들의 비밀번호는 로그인 창에 적혀 있습니다.',
  'sandbox.title': '시험 환경',
  'sandbox.text': '시험용 PG에 연결합니다. 실제 돈은 움직이지 않습니다.',
  'first.title': '첫 사용자 등록',
  'first.text': '돈을 보내는 일에는 두 사람이 필요합니다. 올리는 사람과 승인하는 사람을 차례로 등록하십시오.',
  'first.maker': '1. 올리는 사람 (기안자, 관리자)',
  'first.makerText': '파일을 가져와 묶음을 올리고, 설정을 맡습니다.',
  'first.checker': '2. 승인하는 사람 (승인자)',
  'first.checkerText': '내용을 확인하고 승인합니다. 올린 사람은 승인할 수 없습니다.',
  'first.add': '등록하기',
  'first.signInNeeded': '기안자로 로그인하면 설정의 사람에서 승인자를 등록할 수 있습니다.',
}
