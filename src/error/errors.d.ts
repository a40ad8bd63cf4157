export const FetchError: new () => Error;
export const AuthError: new () => Error;
