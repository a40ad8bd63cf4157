/** The two sides of the migration in AXIOS.md. */

export { createApi as after } from './after.js';
export { createApi as before } from './before.js';
