/**
 * Gives the options with all their names, and their defaults.
 *
 * @param spec for each option `name:kind` or `name:kind=default`
 * @throws TypeError that names the option that is wrong
 */
export function check<T>(options: unknown, place: string, spec: string): T;
