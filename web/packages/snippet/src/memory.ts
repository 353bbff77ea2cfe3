/** What the browser remembers for a site. Where it may not, every page is a visit of its own. */

type Area = "localStorage" | "sessionStorage";

const NAME = "shuke.";

export function read(area: Area, name: string): string | null {
  try {
    return window[area].getItem(NAME + name);
  } catch {
    return null;
  }
}

export function write(area: Area, name: string, value: string): void {
  try {
    window[area].setItem(NAME + name, value);
  } catch {}
}

export function forget(area: Area, name: string): void {
  try {
    window[area].removeItem(NAME + name);
  } catch {}
}

/** A random id, also on pages without https. */
export function newId(): string {
  if (crypto.randomUUID) return crypto.randomUUID();
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}

/** What is kept under a name, or else made now and kept. */
export function lasting(name: string): string {
  const value = read("localStorage", name) ?? newId();
  write("localStorage", name, value);
  return value;
}
