import { useScreen } from '../../ui/navigation'
import { DraftScreen } from './draft-screen'
import { ImportStart } from './import-start'

/** Brings a refund file in: first the place to drop it, then the draft that was read from it. */
export function ImportScreen() {
  const draftId = useScreen('import')?.draftId
  return draftId === undefined ? <ImportStart /> : <DraftScreen key={draftId} draftId={draftId} />
}
