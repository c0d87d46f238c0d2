// CloudFront Function, runtime cloudfront-js-2.0, on viewer-request of our own
// behaviours (/_ds/*), and before the report.
//
// Behind an origin access control, a function URL sees neither the viewer's Host
// nor its address, so they travel in headers of ours:
//
//   x-ds-host  the Host header
//   x-ds-ip    the viewer's address
//   x-ds-id    the request id, as the access log has it
//
// Who reads them believes them: whatever a client sends under such a name goes
// first, whether or not ours can then be set. A function that throws is a 503.
// x-ds-token alone is the client's to say: the report checks it.

function handler(event) {
  const request = event && event.request;
  try {
    const headers = request.headers;
    Object.keys(headers).forEach(name => {
      const lower = name.toLowerCase();
      if (lower.indexOf('x-ds-') === 0 && lower !== 'x-ds-token') delete headers[name];
    });
    set(headers, 'x-ds-host', headers.host && headers.host.value);
    set(headers, 'x-ds-ip', event.viewer && event.viewer.ip);
    set(headers, 'x-ds-id', event.context && event.context.requestId);
  } catch (error) {
    // A request without our headers is refused by who needs them, not here.
  }
  return request;
}

// set leaves out what is missing or is no header value.
function set(headers, name, value) {
  if (typeof value !== 'string' || value === '' || value.length > 255 || /[^\x21-\x7e]/.test(value)) return;
  headers[name] = { value: value };
}
