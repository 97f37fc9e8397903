const SHOWN_MS = 8_000;
const MOST = 3;

/**
 * Tells the person something, the newest first: what is good for some seconds, what is bad until it is closed or one goes
 * to another page. It is said beside what React renders, since it outlives the component that it came from.
 */
export function tell(tone: 'good' | 'bad', text: string): void {
  const message = document.createElement('p');
  message.className = tone;
  message.textContent = text;
  const dismiss = document.createElement('button');
  dismiss.textContent = '×';
  dismiss.ariaLabel = 'Dismiss';
  dismiss.addEventListener('click', () => message.remove());
  message.append(dismiss);
  const messages = document.querySelector('#messages');
  messages?.prepend(message);
  for (const old of [...(messages?.children ?? [])].slice(MOST)) old.remove();
  if (tone === 'good') setTimeout(() => message.remove(), SHOWN_MS);
  else addEventListener('hashchange', () => message.remove(), { once: true });
}

/** Tells what failed, if anything did. */
export function tellProblem(problem: string | null): void {
  if (problem !== null) tell('bad', problem);
}
