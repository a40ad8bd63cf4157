/** Whether the full figures are wanted, for which `npm test` has no time. */
export const LONG = process.env.WASM_API_FETCH_LONG === '1';
