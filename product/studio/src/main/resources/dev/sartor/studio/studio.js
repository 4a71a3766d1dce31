'use strict';
// What pages do beyond being read: a command is copied, and a page that follows a project is read anew when its runs change.
(function () {
  const status = document.getElementById('status');

  for (const button of document.querySelectorAll('button[data-copy]')) {
    if (!navigator.clipboard) continue;
    button.hidden = false;
    button.addEventListener('click', async () => {
      try {
        await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
        status.textContent = 'Copied.';
      } catch (refused) {
        status.textContent = 'The browser does not let this page copy: select the command and copy it.';
      }
    });
  }

  const followed = document.querySelector('[data-follow]');
  if (!followed || !window.EventSource) return;
  let events = null;
  const changed = () => {
    const live = document.getElementById('live');
    // Whoever is at a field, a link or an open part of it is not interrupted: what is new waits until he leaves.
    if (!live || live.contains(document.activeElement) || live.querySelector('details[open]')) {
      status.textContent = 'There is something new: reload the page to see it.';
      return;
    }
    htmx.trigger(live, 'studio-changed');
    document.dispatchEvent(new CustomEvent('studio-changed'));
  };
  // A page that nobody sees follows nothing.
  const listen = () => {
    if (document.hidden) {
      if (events) events.close();
      events = null;
    } else if (!events) {
      events = new EventSource(followed.dataset.follow);
      events.addEventListener('changed', changed);
    }
  };
  document.addEventListener('visibilitychange', listen);
  window.addEventListener('pagehide', () => events && events.close());
  listen();
})();
