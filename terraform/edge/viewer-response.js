// CloudFront Function, runtime cloudfront-js-2.0, on viewer-response.
//
// It adds to every HTML answer what the page's script cannot know by itself:
//
//   Server-Timing: ds;desc="HINT"
//
// HINT is 1.<request id>.<edge second>.<Sec-Fetch-Site>.<Sec-Fetch-Dest>.<Sec-Purpose>.<objection>
// and no part contains a dot. What it means is judged by those who read it. A page
// that was asked for with a share code is not for search engines: X-Robots-Tag.
//
// A function that throws is a 503 to the visitor. So whatever is missing or odd
// in the event, the answer goes out as it came, without a hint.

const codeName = 'ds'; // carries share codes in addresses: Terraform puts the site's code_parameter here

function handler(event) {
  const response = event && event.response;
  try {
    if (!isPage(event)) return response;
    if (isCoded(event.request.querystring)) add(response.headers, 'x-robots-tag', 'noindex', own => `noindex, ${own}`);
    add(response.headers, 'server-timing', `ds;desc="${hint(event)}"`, (own, metric) => `${own}, ${metric}`);
  } catch (error) {
    // A page without a hint is still a page.
  }
  return response;
}

function isPage(event) { // a 304 has no type: without a new hint the script would be shown the old one
  const type = event.response.headers['content-type'];
  if (!type && event.response.statusCode === 304) return text(event.request.headers.accept).indexOf('text/html') >= 0;
  return /^(text\/html|application\/xhtml\+xml)[ \t]*(;|$)/.test(text(type).toLowerCase());
}

function isCoded(query) { return Boolean(query) && Object.prototype.hasOwnProperty.call(query, codeName); }

function hint(event) {
  const headers = event.request.headers;
  const said = ['sec-fetch-site', 'sec-fetch-dest', 'sec-purpose'].map(name => kept(headers[name]));
  const objects = isOne(headers['sec-gpc']) || isOne(headers.dnt) || isOne(event.request.cookies.ds_off);
  const second = Math.floor(Date.now() / 1000);
  return ['1', requestID(event.context.requestId), second].concat(said, objects ? '1' : '0').join('.');
}

function requestID(id) { // as it is, or no hint: a mended id would be none
  if (typeof id !== 'string' || id === '' || id.length > 128 || /[^A-Za-z0-9+\/=_-]/.test(id)) throw new Error('odd id');
  return id;
}

function kept(field) { // nothing of a client's header that could end the quoted string
  return text(field).toLowerCase().replace(/[^a-z;=-]/g, '').slice(0, 40);
}

function isOne(field) { // any of several headers or cookies of the name
  return Boolean(field) && (field.multiValue || [field]).some(one => one.value === '1');
}

function text(field) {
  return field && typeof field.value === 'string' ? field.value : '';
}

function add(headers, name, value, withOwn) { // to what the site says itself
  const own = headers[name];
  if (own && own.multiValue) own.multiValue.push({ value: value });
  else headers[name] = { value: text(own) ? withOwn(own.value, value) : value };
}
