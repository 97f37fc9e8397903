const SHOWN_MS = 8_000;

/**
 * Tells the person something: what is good for some seconds, what is bad until it was seen. It is said beside what React
 * renders, since it outlives the page that it came from.
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
  document.querySelector('#messages')?.prepend(message);
  if (tone === 'good') setTimeout(() => message.remove(), SHOWN_MS);
}
