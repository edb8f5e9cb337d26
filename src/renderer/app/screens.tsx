import type { AppState } from '../../contract/views'
import { assertNever } from '../../domain/result'
import { ApprovalsScreen } from '../features/approvals/approvals-screen'
import { AuditScreen } from '../features/audit/audit-screen'
import { BatchScreen } from '../features/batches/batch-screen'
import { BatchesScreen } from '../features/batches/batches-screen'
import { DriftScreen } from '../features/drift/drift-screen'
import { HomeScreen } from '../features/home/home-screen'
import { ImportScreen } from '../features/import/import-screen'
import { RunScreen } from '../features/run/run-screen'
import { SearchScreen } from '../features/search/search-screen'
import { SettingsScreen } from '../features/settings/settings-screen'
import type { Screen } from '../ui/navigation'

/** The screen that a person is on. Screens never import one another: they meet here only. */
export function CurrentScreen({ screen, app }: { readonly screen: Screen; readonly app: AppState }) {
  switch (screen.name) {
    case 'home':
      return <HomeScreen mode={app.mode} />
    case 'import':
      return <ImportScreen />
    case 'batches':
      return <BatchesScreen />
    case 'batch':
      return <BatchScreen key={screen.batchId} batchId={screen.batchId} />
    case 'approvals':
      return <ApprovalsScreen />
    case 'run':
      return <RunScreen />
    case 'drift':
      return (
        <DriftScreen
          {...(screen.caseId === undefined ? {} : { caseId: screen.caseId })}
          {...(screen.show === undefined ? {} : { show: screen.show })}
          {...(screen.draftId === undefined ? {} : { draftId: screen.draftId })}
        />
      )
    case 'search':
      return <SearchScreen />
    case 'audit':
      return <AuditScreen />
    case 'settings':
      return <SettingsScreen app={app} />
    default:
      return assertNever(screen)
  }
}
