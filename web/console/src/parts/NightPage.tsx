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

/** A page of what is reckoned each night: says of which night it is, and that there was none yet. */
export function NightPage<T extends { run: TraitRun | null }>({ title, hint, query, children }: Props<T>) {
  const { t } = useTranslation();
  const format = useFormat();
  const found = query.data;
  const run = found?.run;
  const said = run
    ? `${hint} ${t("value.asOf", { day: format.day(run.as_of), members: format.number(run.members) })}`
    : hint;
  return (
    <>
      <PageHeader title={title} hint={said} />
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
