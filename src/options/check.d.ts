/**
 * Returns the options with their defaults, after checking them.
 *
 * @param spec for each option `name:kind` or `name:kind=default`
 * @throws TypeError that names the option that is wrong
 */
export function check<T>(options: unknown, place: string, spec: string): T;
