// The button of the privacy pages. ds.js may load later or not at all: a call made
// before waits in the array, and the page says so instead of promising anything.
const button = document.getElementById('opt-out');
const state = document.getElementById('opt-out-state');

function objects() {
  return document.cookie.split('; ').includes('ds_off=1');
}

function show() {
  button.textContent = objects() ? button.dataset.on : button.dataset.off;
  state.textContent = objects() ? button.dataset.isOff : '';
}

show();
button.hidden = false;
button.addEventListener('click', () => {
  const off = !objects();
  (window.ds = window.ds || []).push(['optOut', off]);
  show();
  if (objects() !== off) state.textContent = button.dataset.waiting;
});
window.addEventListener('load', show); // by then a call that waited has been made
