import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { TraitRun } from "../api/traits";
import { PageHeader } from "./PageHeader";
import { ListSkeleton } from "./skeletons";
import { EmptyState, ErrorState } from "./states";
import { useFormat } from "./useFormat";

interface Props<T> {
  title: string;
  hint: string;
  query: UseQueryResult<T>;
  children: (found: T) => ReactNode;
}

/** A page of what is reckoned each night: says of which night it is and what was reckoned since, or that there was none. */
export function NightPage<T extends { run: TraitRun | null }>({ title, hint, query, children }: Props<T>) {
  const { t } = useTranslation();
  const format = useFormat();
  const found = query.data;
  const run = found?.run;
  const said = [hint];
  if (run) {
    const day = format.day(run.as_of);
    said.push(t("value.asOf", { day, members: format.number(run.members), at: format.dateTime(run.at) }));
    if (run.renewed > 0) {
      const at = format.dateTime(run.renewed_at);
      said.push(t("value.renewed", { at, members: format.number(run.renewed) }));
    }
  }
  return (
    <>
      <PageHeader title={title} hint={said.join(format.language === "en" ? " " : "")} />
      {query.error && !found ? (
        <ErrorState error={query.error} onRetry={() => query.refetch()} />
      ) : !found ? (
        <ListSkeleton columns={3} />
      ) : run ? (
        children(found)
      ) : (
        <EmptyState title={t("value.notYet")} hint={t("value.notYetHint")} />
      )}
    </>
  );
}
