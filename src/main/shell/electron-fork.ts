import { utilityProcess } from 'electron'
import type { ChildProcess, Fork } from './practice-pg'

/** Runs a file as a utility process. Its output goes nowhere: it may quote what the program sent. */
export function forkOf(file: string, serviceName: string): Fork {
  return (args): ChildProcess => {
    const child = utilityProcess.fork(file, [...args], { serviceName, stdio: 'ignore' })
    return {
      onMessage: (listener) => child.on('message', listener),
      onExit: (listener) => child.on('exit', listener),
      kill: () => child.kill(),
    }
  }
}
