/** What the ids in an offer are called. An id that is not known says so. */
export interface Names {
  product: (id: string) => string;
  category: (id: string) => string;
  store: (id: string) => string;
  tier: (id: string, language: string) => string;
}
