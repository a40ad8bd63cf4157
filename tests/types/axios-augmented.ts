// An app gives configs fields of its own, as axios' apps do.

import axios from '../../dist/axios.js';

declare module '../../dist/axios.js' {
  interface AxiosRequestConfig {
    skipErrorToast?: boolean;
  }
}

axios.get('/x', { skipErrorToast: true });
axios.interceptors.request.use((config) => {
  if (config.skipErrorToast) config.headers.set('X-Quiet', '1');
  return config;
});
// @ts-expect-error: no field that the app has added
axios.get('/x', { skipErrorToasts: true });
