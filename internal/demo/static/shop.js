// The form carries the code that stood in this page's address: the shop keeps it with
// the order, as it would with a cart. What the browser has kept, with consent, the page
// that thanks for the order adds itself: thanks.js.
const form = document.getElementById('buy');

form.addEventListener('submit', () => {
  const ds = window.ds;
  form.elements.code.value = ds && ds.link && ds.link() === 'session' ? ds.code() : '';
});
