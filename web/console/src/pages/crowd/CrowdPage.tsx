import { Segmented } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { type CrowdInsight, useCrowd } from "../../api/crowds";
import { useSegment } from "../../api/segments";
import { PageHeader } from "../../parts/PageHeader";
import { Panel } from "../../parts/Panel";
import { PageSkeleton } from "../../parts/skeletons";
import { EmptyState, ErrorState } from "../../parts/states";
import { useFormat } from "../../parts/useFormat";
import { useLabel } from "../../parts/useLabel";
import { Defined } from "../value/Defined";
import { Compared } from "./Compared";
import styles from "./crowd.module.css";
import { Measures } from "./Measures";
import { Retention } from "./Retention";

/** Who the members of a segment are and what they buy, against everybody. */
export default function CrowdPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const { id = "" } = useParams();
  const segment = useSegment(id);
  const query = useCrowd(id);
  const found = query.data;
  if (segment.isPending) return <PageSkeleton />;
  const hint = found
    ? t("crowd.hint", {
        members: format.number(found.members),
        everybody: format.number(found.everybody),
        share: format.percent((10_000 * found.members) / Math.max(1, found.everybody)),
      })
    : " ";
  return (
    <>
      <PageHeader
        back={`/segments/${id}`}
        title={t("crowd.title", { name: segment.data?.name ?? "" })}
        hint={hint}
      />
      {query.error && !found ? (
        <ErrorState error={query.error} onRetry={() => query.refetch()} />
      ) : !found ? (
        <PageSkeleton />
      ) : found.members === 0 ? (
        <EmptyState title={t("segments.noMembers")} hint={t("segments.noMembersHint")} />
      ) : (
        <Insight found={found} />
      )}
    </>
  );
}

function Insight({ found }: { found: CrowdInsight }) {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useLabel();
  return (
    <div className={styles.page}>
      <Measures measures={found.measures} />
      {found.profile.map(({ code, name, rows }) => (
        <Panel key={code} title={format.text(name)} definition={t("crowd.indexHint")}>
          <Compared
            rows={rows.map((row) => ({
              ...row,
              id: row.code ?? "",
              name:
                row.code !== null && code.endsWith("channel")
                  ? label("channel", row.code)
                  : format.text(row.name),
            }))}
          />
        </Panel>
      ))}
      <Bought found={found} />
      <Retention cohorts={found.retention} />
      <Panel className={styles.wide} title={t("crowd.words")}>
        <Defined definitions={found.definitions} />
      </Panel>
    </div>
  );
}

type Bought = "categories" | "stores";

/** What they buy, and where. */
function Bought({ found }: { found: CrowdInsight }) {
  const { t } = useTranslation();
  const [shown, setShown] = useState<Bought>("categories");
  const rows =
    shown === "categories"
      ? found.categories.map((row) => ({
          ...row,
          id: row.category?.id ?? "",
          name: row.category?.name ?? t("crowd.noCategory"),
        }))
      : found.stores.map((row) => ({ ...row, id: row.store.id, name: row.store.name }));
  return (
    <Panel
      title={t("crowd.bought")}
      definition={t("crowd.boughtHint")}
      extra={
        <Segmented<Bought>
          size="small"
          value={shown}
          options={[
            { value: "categories", label: t("crowd.categories") },
            { value: "stores", label: t("crowd.stores") },
          ]}
          onChange={setShown}
        />
      }
    >
      <Compared rows={rows} />
    </Panel>
  );
}
