import type { ProgrammeDocument } from "../../../api/types";
import type { Speaker } from "../../../parts/useSpeakers";
import type { Names } from "../../offers/sentence/names";

export const SECTIONS = ["tiers", "growth", "points", "earn_rules", "benefits", "plans"] as const;
export type Section = (typeof SECTIONS)[number];

export const isSection = (name: string): name is Section => SECTIONS.some((one) => one === name);

/** What a document names, beside what offers name. */
export interface DocumentNames extends Names {
  plan: (code: string, language: string) => string;
  template: (id: string) => string;
}

/** One thing of a document, in words: what it is called, and what it says. */
export interface Said {
  key: string;
  name: string;
  says: string[];
}

export type SaidDocument = Record<Section, Said[]>;

export interface Saying {
  document: ProgrammeDocument;
  speaker: Speaker;
  names: DocumentNames;
}

export const times = (bps: number, { format }: Speaker) => format.number(bps / 10_000);

export const nameOf = (name: { zh: string; en: string }, { language }: Speaker) =>
  (language === "en" ? name.en || name.zh : name.zh || name.en) || "—";
