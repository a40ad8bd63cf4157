/** The clients of CLIENTS.md, each made of an instance's `fetch` in the lines that are shown there. */

export { createClient as alova } from './alova.js';
export { createClient as apollo } from './apollo.js';
export { createClient as axios } from './axios.js';
export { createClient as ky } from './ky.js';
export { createClient as ofetch } from './ofetch.js';
export { createClient as openapiFetch } from './openapi-fetch.js';
export { createClient as wretch } from './wretch.js';
