/** What is there at once with one implementation, and later with another: whoever waits for it costs the first one next to nothing. */
export type Awaitable<T> = T | Promise<T>;
