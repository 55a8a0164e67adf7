/** The host and its store, for every component below the application. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Host } from './host.ts';

export const HostContext = createContext<Host | undefined>(undefined);

/** The host of this panel. */
export function useHost(): Host {
  const host = useContext(HostContext);
  if (host === undefined) throw new Error('A component of the panel stands outside of HostContext.Provider.');
  return host;
}
