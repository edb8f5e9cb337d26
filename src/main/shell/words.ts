import type { SecretPrompt } from '../../contract/secret'
import type { Language, Mode } from '../../contract/views'
import type { ProblemCode } from './answer'

/** Words of the menus and dialogs that the operating system draws; the pages have their own. */
export interface Words {
  readonly title: string
  /** Stands after the title, so that no window of a practice run is taken for the real one. */
  readonly modes: Readonly<Record<Exclude<Mode, 'live'>, string>>
  /** Titles of the secret window. */
  readonly asks: Readonly<Record<SecretPrompt['purpose'], string>>
  readonly menu: {
    readonly file: string
    readonly quit: string
    readonly edit: string
    readonly view: string
    readonly zoomIn: string
    readonly zoomOut: string
    readonly zoomReset: string
    readonly fullScreen: string
    readonly devTools: string
    readonly reload: string
  }
  readonly files: {
    readonly chooseRefunds: string
    readonly chooseBooks: string
    readonly chooseNotices: string
    readonly save: string
    readonly tables: string
    readonly logs: string
    readonly all: string
  }
  readonly closing: Question
  readonly coreDied: Question
  readonly liveRefused: Question
  /** Why the program cannot go on, for every trouble that ends it; `other` for one that nobody foresaw. */
  readonly stopped: Readonly<Partial<Record<ProblemCode, Statement>>> & { readonly other: Statement }
  readonly practicePgFailed: Statement
  readonly practicePgGone: Statement
  readonly close: string
}

export interface Statement {
  readonly message: string
  readonly detail: string
}
/** `yes` does the thing, `no` leaves everything as it is. */
export interface Question extends Statement {
  readonly yes: string
  readonly no: string
  /** The button that Enter presses; Escape is always `no`. */
  readonly usual: 'yes' | 'no'
}

const korean: Words = {
  title: '환불데스크',
  modes: { practice: '연습', sandbox: '시험 환경' },
  asks: {
    'sign-in': '로그인',
    approve: '환불 승인',
    'enter-keys': 'PG 연동 키 입력',
    'add-person': '사람 등록',
  },
  menu: {
    file: '파일',
    quit: '끝내기',
    edit: '편집',
    view: '보기',
    zoomIn: '크게',
    zoomOut: '작게',
    zoomReset: '원래 크기',
    fullScreen: '전체 화면',
    devTools: '개발자 도구',
    reload: '새로 고침',
  },
  files: {
    chooseRefunds: '환불 파일 선택',
    chooseBooks: '결제취소 내역 파일 선택',
    chooseNotices: 'KICC 알림 기록 파일 선택',
    save: '파일 저장',
    tables: 'CSV · 텍스트 파일',
    logs: '알림 기록 파일',
    all: '모든 파일',
  },
  closing: {
    message: '환불을 실행하고 있습니다.',
    detail: '지금 닫으면 처리 중인 한 건을 마친 뒤 멈춥니다. 남은 건은 다음에 프로그램을 열면 이어서 실행합니다.',
    yes: '마치고 닫기',
    no: '계속 실행',
    usual: 'no',
  },
  coreDied: {
    message: '프로그램의 처리 장치가 예기치 않게 멈췄습니다.',
    detail:
      '저장된 내용은 그대로 있으며 환불은 더 진행되지 않습니다. 다시 시작하면 결과를 알 수 없는 건을 PG에 먼저 확인한 뒤 이어 갑니다. (711)',
    yes: '다시 시작',
    no: '끝내기',
    usual: 'yes',
  },
  liveRefused: {
    message: '이 컴퓨터에서는 실제 모드를 열 수 없습니다.',
    detail:
      '실제 모드에는 정식 실행 환경, Chromium 샌드박스, 잠금이 풀린 운영체제 키 저장소가 필요합니다. 실제 장부는 그대로 있습니다. (712, 713)',
    yes: '연습 모드로 열기',
    no: '끝내기',
    usual: 'no',
  },
  stopped: {
    'ledger-damaged': {
      message: '장부 파일이 손상되어 열 수 없습니다.',
      detail:
        '저장 장치에 문제가 있거나 파일이 밖에서 바뀌었을 수 있습니다. 되돌릴 수 있는 백업을 찾지 못했습니다. 이 장부로 환불을 이어 가지 마십시오. 데이터 폴더를 통째로 복사해 둔 뒤, 번호와 함께 지원 담당자에게 알리십시오. 이미 보낸 환불은 PG 관리자 화면에서 볼 수 있습니다. (705)',
    },
    'ledger-newer': {
      message: '더 새로운 버전의 프로그램이 만든 장부입니다.',
      detail: '프로그램을 최신 버전으로 업데이트한 뒤 다시 여십시오. 장부는 바뀌지 않았습니다. (706)',
    },
    'ledger-wrong-mode': {
      message: '이 장부는 다른 모드의 장부입니다.',
      detail: '연습 장부와 실제 장부의 파일이 서로 바뀌었습니다. 데이터 폴더를 원래대로 되돌린 뒤 다시 여십시오. (707)',
    },
    'ledger-key-wrong': {
      message: '장부의 열쇠를 열 수 없습니다.',
      detail:
        '장부를 만든 사용자 계정과 컴퓨터인지, 운영체제 키 저장소의 잠금이 풀려 있는지 확인하십시오. 새 열쇠는 만들지 않았으며 장부는 그대로 있습니다. (708)',
    },
    'ledger-in-use': {
      message: '다른 프로그램이 장부를 사용하고 있습니다.',
      detail: '이미 열려 있는 환불데스크나 백업 프로그램을 닫은 뒤 다시 여십시오. (709)',
    },
    'disk-full': {
      message: '디스크에 남은 공간이 없습니다.',
      detail: '공간을 확보한 뒤 다시 여십시오. 장부는 그대로 있습니다. (710)',
    },
    'file-not-saved': {
      message: '데이터 폴더에 파일을 쓸 수 없습니다.',
      detail: '폴더의 쓰기 권한과 디스크 상태를 확인한 뒤 다시 여십시오. (114)',
    },
    'live-refused-keyring': {
      message: '운영체제 키 저장소를 사용할 수 없어 실제 장부를 열지 않았습니다.',
      detail: '키 저장소의 잠금을 푼 뒤 다시 여십시오. 장부는 그대로 있습니다. (713)',
    },
    'core-stopped': {
      message: '프로그램이 제시간에 시작되지 않았습니다.',
      detail: '컴퓨터를 다시 시작한 뒤 여십시오. 저장된 내용은 그대로 있습니다. (711)',
    },
    other: {
      message: '예상하지 못한 문제로 프로그램을 계속할 수 없습니다.',
      detail:
        '저장된 내용은 그대로 있습니다. 다시 여십시오. 되풀이되면 데이터 폴더의 log를 지원 담당자에게 전하십시오. (799)',
    },
  },
  practicePgFailed: {
    message: '연습용 PG를 시작하지 못했습니다.',
    detail: '연습 폴더의 쓰기 권한과 남은 공간을 확인한 뒤 다시 여십시오. 실제 환불과는 관계가 없습니다.',
  },
  practicePgGone: {
    message: '연습용 PG가 되풀이해서 멈췄습니다.',
    detail: '연습은 오프라인으로 계속됩니다. 프로그램을 다시 열면 연습용 PG도 다시 시작합니다.',
  },
  close: '닫기',
}

const english: Words = {
  title: 'Refund Desk',
  modes: { practice: 'Practice', sandbox: 'Test environment' },
  asks: {
    'sign-in': 'Sign in',
    approve: 'Approve refunds',
    'enter-keys': 'Enter PG keys',
    'add-person': 'Register a person',
  },
  menu: {
    file: 'File',
    quit: 'Quit',
    edit: 'Edit',
    view: 'View',
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    zoomReset: 'Actual size',
    fullScreen: 'Full screen',
    devTools: 'Developer tools',
    reload: 'Reload',
  },
  files: {
    chooseRefunds: 'Choose a refund file',
    chooseBooks: 'Choose a file of cancelled payments',
    chooseNotices: "Choose a log of KICC's notifications",
    save: 'Save the file',
    tables: 'CSV and text files',
    logs: 'Notification logs',
    all: 'All files',
  },
  closing: {
    message: 'Refunds are being sent.',
    detail:
      'If you close now, the refund in hand is finished and the run stops. The rest continues when you open the program again.',
    yes: 'Finish and close',
    no: 'Keep running',
    usual: 'no',
  },
  coreDied: {
    message: 'The part of the program that does the work stopped unexpectedly.',
    detail:
      'Everything saved is still there, and no further refund is sent. After a restart, refunds with an unknown outcome are looked up at the PG before anything continues. (711)',
    yes: 'Restart',
    no: 'Quit',
    usual: 'yes',
  },
  liveRefused: {
    message: 'Live mode cannot be opened on this computer.',
    detail:
      'Live mode needs the official runtime, the Chromium sandbox and an unlocked keyring of the operating system. The live ledger is untouched. (712, 713)',
    yes: 'Open practice mode',
    no: 'Quit',
    usual: 'no',
  },
  stopped: {
    'ledger-damaged': {
      message: 'The ledger file is damaged and cannot be opened.',
      detail:
        'The disk may have a fault, or the file was changed from outside. No backup was found that could be restored. Do not go on with refunds on this ledger. Make a copy of the whole data folder and give this number to your support contact. Refunds already sent can be seen on the site of the PG. (705)',
    },
    'ledger-newer': {
      message: 'This ledger was made by a newer version of the program.',
      detail: 'Update the program, then open it again. The ledger was not changed. (706)',
    },
    'ledger-wrong-mode': {
      message: 'This ledger belongs to another mode.',
      detail:
        'The files of the practice and the live ledger were mixed up. Put the data folder right, then open it again. (707)',
    },
    'ledger-key-wrong': {
      message: "The ledger's key cannot be opened.",
      detail:
        'Check that this is the user and the computer that made the ledger, and that the keyring of the operating system is unlocked. No new key was made, and the ledger is untouched. (708)',
    },
    'ledger-in-use': {
      message: 'Another program is using the ledger.',
      detail: 'Close the other Refund Desk, or the backup program, then open it again. (709)',
    },
    'disk-full': {
      message: 'The disk is full.',
      detail: 'Make room, then open the program again. The ledger is untouched. (710)',
    },
    'file-not-saved': {
      message: 'The data folder cannot be written to.',
      detail: 'Check the rights of the folder and the state of the disk, then open the program again. (114)',
    },
    'live-refused-keyring': {
      message: 'The live ledger was not opened, because the keyring of the operating system cannot be used.',
      detail: 'Unlock the keyring, then open the program again. The ledger is untouched. (713)',
    },
    'core-stopped': {
      message: 'The program did not start in time.',
      detail: 'Restart the computer, then open it again. Everything saved is still there. (711)',
    },
    other: {
      message: 'The program cannot go on because of an unexpected problem.',
      detail:
        'Everything saved is still there. Open the program again. If it happens again, give the log of the data folder to your support contact. (799)',
    },
  },
  practicePgFailed: {
    message: 'The practice PG could not be started.',
    detail:
      'Check the rights of the practice folder and the space left, then open the program again. Real refunds are not affected.',
  },
  practicePgGone: {
    message: 'The practice PG stopped again and again.',
    detail: 'Practice continues offline. Open the program again to start the practice PG as well.',
  },
  close: 'Close',
}

const WORDS: Readonly<Record<Language, Words>> = { ko: korean, en: english }

export function wordsOf(language: Language): Words {
  return WORDS[language]
}

/** A window's title: what it asks first, then the program, then the mode unless it is the real one. */
export function titleOf(words: Words, mode: Mode, asked: SecretPrompt['purpose'] | null): string {
  const parts = [asked === null ? null : words.asks[asked], words.title, mode === 'live' ? null : words.modes[mode]]
  return parts.filter((part) => part !== null).join(' · ')
}

/** The statement for a trouble that ends the program. */
export function stoppedBy(words: Words, code: ProblemCode): Statement {
  return words.stopped[code] ?? words.stopped.other
}
