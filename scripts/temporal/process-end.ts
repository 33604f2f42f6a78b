const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Belongs to the process as its signal handlers do, hence the one module-level state here. */
const endings = new Set<() => void>();

const endAll = () => {
  for (const ending of endings) ending();
};

/**
 * Where nobody else listens to the signal, the process dies of it as it would without us. Where somebody
 * does (a program that closes its worker first), the shutdown is theirs to order, and `exit` is the net.
 */
const onSignal = (signal: NodeJS.Signals) => {
  if (process.listenerCount(signal) > 1) return;
  endAll();
  process.removeListener(signal, onSignal);
  process.kill(process.pid, signal);
};

/**
 * Calls `ending` once this process exits or dies of SIGINT, SIGTERM or SIGHUP; only synchronous work is
 * done there. Returns how to take it back.
 */
export function whenProcessEnds(ending: () => void): () => void {
  if (endings.size === 0) {
    process.on('exit', endAll);
    for (const signal of signals) process.on(signal, onSignal);
  }
  endings.add(ending);
  return () => {
    endings.delete(ending);
    if (endings.size > 0) return;
    process.removeListener('exit', endAll);
    for (const signal of signals) process.removeListener(signal, onSignal);
  };
}
