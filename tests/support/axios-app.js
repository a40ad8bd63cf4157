/**
 * A small app as they are written on axios: an instance, the token and a key as parameters of each request, codes in a body
 * that is always a 200, a loading bar, and a queue by hand for what meets an expired token. It is given its axios, npm's or
 * the facade, and is the same with both.
 */

const DEAD = [30001, 40001, 42001, 40014];

/**
 * @param {any} axios
 * @param {object} config of the instance
 * @param {{ tokens: { token: string, appkey: string, refresh: string }, log: string[] }} app
 */
export function createService(axios, config, app) {
  const service = axios.create({ timeout: 20_000, ...config });
  let isRefreshing = false;
  /** @type {(() => void)[]} */
  let requests = [];
  let loading = 0;
  const bar = (/** @type {number} */ step) => {
    loading += step;
    if (loading === (step > 0 ? 1 : 0)) app.log.push(step > 0 ? 'bar on' : 'bar off');
  };

  service.interceptors.request.use(
    (/** @type {any} */ request) => {
      bar(1);
      const { token, appkey } = app.tokens;
      request.params = { ...request.params, token, appkey };
      return request;
    },
    (/** @type {unknown} */ error) => Promise.reject(error),
  );

  service.interceptors.response.use(
    (/** @type {any} */ response) => {
      bar(-1);
      const { errcode, errmsg, data } = response.data;
      if (errcode === 0) return data;
      if (!DEAD.includes(errcode)) return Promise.reject(new Error(errmsg));
      const { config: request } = response;
      if (isRefreshing) return new Promise((resolve) => requests.push(() => resolve(service(request))));
      isRefreshing = true;
      return axios
        .create(config)
        .post('/refresh', { refresh_token: app.tokens.refresh })
        .then((/** @type {any} */ { data: reply }) => {
          if (reply.errcode !== 0) throw new Error(reply.errmsg);
          app.tokens.token = reply.data.access_token;
          for (const again of requests) again();
          requests = [];
          return service(request);
        })
        .finally(() => {
          isRefreshing = false;
        });
    },
    (/** @type {any} */ error) => {
      bar(-1);
      app.log.push(`${error.response?.status ?? error.code}`);
      return Promise.reject(error);
    },
  );
  return service;
}
