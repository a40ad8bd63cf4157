/** The clients of CLIENTS.md that try again by themselves, told when it is no use. */

export { createClient as apollo } from './apollo.js';
export { createClient as ky } from './ky.js';
export { createClient as wretch } from './wretch.js';
