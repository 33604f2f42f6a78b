/**
 * Fetches the page that is open and swaps its live part: every two seconds, while it is seen, nothing is selected
 * in it and no button of it is pressed. Without JavaScript the page simply stays as it was loaded.
 */
export const refreshScript = `
(() => {
  const everyMs = 2000;
  const state = document.getElementById('live-state');
  const busy = (live) => live.matches(':active') || (getSelection()?.type === 'Range' && live.contains(getSelection().anchorNode));
  const show = (away) => {
    state.hidden = false;
    state.classList.toggle('away', away);
    state.textContent = away ? 'No connection, trying again' : 'Live';
  };
  async function refresh() {
    const answer = await fetch(location.href, { headers: { 'x-refresh': '1' }, cache: 'no-store', signal: AbortSignal.timeout(15000) });
    if (!answer.ok) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    for (const live of document.querySelectorAll('[data-live]')) {
      const next = page.getElementById(live.id);
      if (!next || next.innerHTML === live.innerHTML || busy(live)) continue;
      const focused = live.contains(document.activeElement) ? document.activeElement.id : '';
      live.replaceWith(document.adoptNode(next));
      if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
    }
  }
  async function run() {
    if (!document.hidden) await refresh().then(() => show(false), () => show(true));
    setTimeout(run, everyMs);
  }
  show(false);
  setTimeout(run, everyMs);
})();
`;
