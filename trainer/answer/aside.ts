/** What is said while a request is answered: on standard error, since standard output is the answer. */
export function sayAside(_level: 'info' | 'warning', text: string): void {
  process.stderr.write(`${text}\n`);
}
