// Statuses by their names (RFC 9110 §15), and names by their statuses.

const NAMES = {
  100: 'Continue SwitchingProtocols Processing EarlyHints',
  200: 'Ok Created Accepted NonAuthoritativeInformation NoContent ResetContent PartialContent MultiStatus AlreadyReported',
  226: 'ImUsed',
  300: 'MultipleChoices MovedPermanently Found SeeOther NotModified UseProxy Unused TemporaryRedirect PermanentRedirect',
  400: 'BadRequest Unauthorized PaymentRequired Forbidden NotFound MethodNotAllowed NotAcceptable ProxyAuthenticationRequired RequestTimeout Conflict Gone LengthRequired PreconditionFailed PayloadTooLarge UriTooLong UnsupportedMediaType RangeNotSatisfiable ExpectationFailed ImATeapot',
  413: 'ContentTooLarge',
  421: 'MisdirectedRequest UnprocessableEntity Locked FailedDependency TooEarly UpgradeRequired',
  422: 'UnprocessableContent',
  428: 'PreconditionRequired TooManyRequests',
  431: 'RequestHeaderFieldsTooLarge',
  451: 'UnavailableForLegalReasons',
  500: 'InternalServerError NotImplemented BadGateway ServiceUnavailable GatewayTimeout HttpVersionNotSupported VariantAlsoNegotiates InsufficientStorage LoopDetected',
  510: 'NotExtended NetworkAuthenticationRequired',
  520: 'WebServerReturnsAnUnknownError WebServerIsDown ConnectionTimedOut OriginIsUnreachable TimeoutOccurred SslHandshakeFailed InvalidSslCertificate',
};

export const HttpStatusCode = /* @__PURE__ */ (() => {
  const entries = Object.entries(NAMES).flatMap(([first, names]) =>
    names.split(' ').map((name, at) => [name, Number(first) + at]),
  );
  entries.sort(([, a], [, b]) => a - b);
  const names = entries.map(([name, status]) => [status, name]);
  // A status that has been given another name keeps the older one, which stands in the longer list.
  return Object.fromEntries([...names, ...entries, [413, 'PayloadTooLarge'], [422, 'UnprocessableEntity']]);
})();
