// Tells of the order, as the shop has signed it. Where the shop knew no code, the one
// that the browser has kept with consent is added behind the signature: the shop cannot
// sign what it does not know.
const order = document.querySelector('[data-order]').dataset.order;
let told = false;

function kept() {
  const ds = window.ds;
  return ds && ds.link && ds.link() === 'consented' ? `&k=${ds.code()}&l=consented` : '';
}

function tell() {
  if (told) return;
  told = true;
  const code = /&k=/.test(order) ? '' : kept();
  fetch(`/_ds/buy?${order}${code}`, { keepalive: true, cache: 'no-store', referrerPolicy: 'origin' }).catch(() => {});
}

// What the browser has kept is known when ds.js has loaded all of itself. A browser that
// has kept nothing, or blocks it, is not waited for any longer than this.
let looks = 20;

function look() {
  if (looks-- && !kept() && !/&k=/.test(order)) setTimeout(look, 100);
  else tell();
}

look();
window.addEventListener('pagehide', tell);
