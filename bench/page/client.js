/**
 * What every contestant can do. Calls take a whole path and resolve to the parsed answer.
 *
 * @typedef {{ access_token: string, refresh_token: string }} TokenReply
 * @typedef {{
 *   signIn: (reply: TokenReply) => void | Promise<void>,
 *   get: (url: string) => Promise<any>,
 *   post: (url: string, body: Record<string, unknown>) => Promise<any>,
 * }} Client
 */

export {};
