import { Button } from '@mantine/core'
import { Component, type ReactNode } from 'react'
import { useWords } from '../i18n'
import { ProblemAlert } from '../ui/problem-text'
import styles from './frame.module.css'

interface ScreenGuardState {
  readonly failed: boolean
}

/** A screen that cannot be drawn says so and can be opened again; the frame around it and the core go on. */
export class ScreenGuard extends Component<{ readonly children: ReactNode }, ScreenGuardState> {
  override state: ScreenGuardState = { failed: false }

  static getDerivedStateFromError(): ScreenGuardState {
    return { failed: true }
  }

  override render(): ReactNode {
    if (this.state.failed) return <ScreenTrouble onAgain={() => this.setState({ failed: false })} />
    return this.props.children
  }
}

function ScreenTrouble({ onAgain }: { readonly onAgain: () => void }) {
  const say = useWords('frame')
  return (
    <div className={styles.trouble}>
      <h1>{say('trouble.title')}</h1>
      <p>{say('trouble.text')}</p>
      <ProblemAlert problem={{ code: 'unexpected' }} />
      <Button onClick={onAgain}>{say('trouble.again')}</Button>
    </div>
  )
}
