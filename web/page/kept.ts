// What this browser is to remember of who looks at the report: language, theme, and
// whether keys do something.

/** Reads and writes it, where the browser lets us. */
export const kept = {
  read(name: string): string | null {
    try {
      return localStorage.getItem(name)
    } catch {
      return null // it does not let us
    }
  },
  write(name: string, value: string): void {
    try {
      localStorage.setItem(name, value)
    } catch {
      // Then it is chosen for as long as the page is open.
    }
  },
}
