/**
 * The lines themselves have no word on types: they are what a reader copies.
 *
 * @param api an instance, or whatever stands in for it
 * @param base where the client's paths start; Apollo's only URL
 */
// biome-ignore lint/suspicious/noExplicitAny: seven clients, of which the tests know what they ask of them
export type CreateClient = (api: { fetch: typeof globalThis.fetch }, base: string) => any;

export const alova: CreateClient;
export const apollo: CreateClient;
export const axios: CreateClient;
export const ky: CreateClient;
export const ofetch: CreateClient;
export const openapiFetch: CreateClient;
export const wretch: CreateClient;
