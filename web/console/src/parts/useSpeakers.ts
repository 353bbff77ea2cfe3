import { useQuery } from "@tanstack/react-query";
import i18next, { type TFunction } from "i18next";
import { useMemo } from "react";
import { LANGUAGES, type Language, learn } from "../app/i18n";
import { type Formats, formatsOf, useFormat } from "./useFormat";

/** The words and formats of one language. */
export interface Speaker {
  language: Language;
  t: TFunction;
  format: Formats;
}

/** Both languages at once, for texts that members will read in theirs. Empty while words are on their way. */
export function useSpeakers(): Speaker[] {
  const { currency, timeZone } = useFormat();
  const learned = useQuery({
    queryKey: ["words"],
    queryFn: async () => {
      await Promise.all(LANGUAGES.map(learn));
      return true;
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
  const ready = learned.data === true;
  return useMemo(
    () =>
      ready
        ? LANGUAGES.map((language) => ({
            language,
            t: i18next.getFixedT(language) as TFunction,
            format: formatsOf(language, currency, timeZone),
          }))
        : [],
    [ready, currency, timeZone],
  );
}
