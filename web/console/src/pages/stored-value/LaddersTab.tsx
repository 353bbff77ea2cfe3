import { PlusOutlined } from "@ant-design/icons";
import { App, Button, Switch, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Ladder, type LadderStep, useLadders, useRetireLadder } from "../../api/storedValue";
import { useStores } from "../../api/stores";
import { useCan } from "../../app/session";
import { type Column, DataList } from "../../parts/DataList";
import { FilterBar } from "../../parts/FilterBar";
import { listOf } from "../../parts/listOf";
import { EmptyState, useProblemWords } from "../../parts/states";
import { useCursor } from "../../parts/useCursor";
import { useFormat } from "../../parts/useFormat";
import { LadderDrawer } from "./LadderDrawer";
import styles from "./storedValue.module.css";

const LIMIT = 50;

/** What paying in brings on top. */
export function LaddersTab() {
  const { t } = useTranslation();
  const can = useCan();
  const [retired, setRetired] = useState(false);
  const [adding, setAdding] = useState(false);
  const cursor = useCursor(retired);
  const query = useLadders({ retired, limit: LIMIT, cursor: cursor.cursor });
  const add = can("stored_value.write") && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
      {t("storedValue.ladder.add")}
    </Button>
  );
  return (
    <>
      <FilterBar
        active={0}
        onClear={() => {}}
        tools={add}
        search={
          <span className="cluster muted">
            <Switch
              size="small"
              checked={retired}
              onChange={setRetired}
              aria-label={t("storedValue.ladder.showRetired")}
            />
            {t("storedValue.ladder.showRetired")}
          </span>
        }
      />
      <DataList<Ladder>
        query={listOf(query)}
        columns={useColumns()}
        rowKey={(row) => row.id}
        card={(row) => <Tile row={row} />}
        empty={
          <EmptyState
            title={t("storedValue.ladder.empty")}
            hint={t("storedValue.ladder.emptyHint")}
            action={add}
          />
        }
        pager={{ cursor, next: query.data?.next_cursor, limit: LIMIT }}
      />
      <p className="muted small">{t("storedValue.ladder.best")}</p>
      {adding && <LadderDrawer onClose={() => setAdding(false)} />}
    </>
  );
}

function useColumns(): Column<Ladder>[] {
  const { t } = useTranslation();
  const whenOf = useWhen();
  return [
    {
      key: "name",
      title: t("storedValue.ladder.name"),
      render: (_, row) => <strong>{row.name}</strong>,
    },
    { key: "steps", title: t("storedValue.ladder.steps"), render: (_, row) => <Steps steps={row.steps} /> },
    { key: "when", title: t("storedValue.ladder.when"), render: (_, row) => whenOf(row) },
    { key: "where", title: t("storedValue.ladder.where"), render: (_, row) => <Where row={row} /> },
    { key: "state", title: t("storedValue.ladder.state"), render: (_, row) => <State row={row} /> },
    { key: "actions", title: "", align: "right", render: (_, row) => <Retire row={row} /> },
  ];
}

/** Each step in a few words; what limits it, small beside it. */
function Steps({ steps }: { steps: readonly LadderStep[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <span className={styles.ladderSteps}>
      {steps.map((step) => (
        <span key={step.id} className={`num ${styles.chip}`}>
          {step.bonus_minor > 0
            ? t("storedValue.ladder.step", {
                pay: format.money(step.pay_minor),
                bonus: format.money(step.bonus_minor),
              })
            : t("storedValue.ladder.plain", { pay: format.money(step.pay_minor) })}
          <small>
            {step.bonus_days !== null &&
              ` · ${t("storedValue.ladder.validDays", { days: format.number(step.bonus_days) })}`}
            {step.per_member !== null &&
              ` · ${t("storedValue.ladder.perMember", { count: step.per_member })}`}
          </small>
        </span>
      ))}
    </span>
  );
}

function useWhen() {
  const { t } = useTranslation();
  const format = useFormat();
  return ({ starts_at, ends_at }: Ladder): string => {
    const from = starts_at && format.date(starts_at);
    const to = ends_at && format.dateTime(ends_at);
    if (from && to) return t("storedValue.ladder.span", { from, to });
    if (from) return t("storedValue.ladder.from", { from });
    return to ? t("storedValue.ladder.until", { to }) : t("storedValue.ladder.always");
  };
}

function Where({ row }: { row: Ladder }) {
  const { t } = useTranslation();
  const can = useCan();
  const some = row.store_ids.length > 0;
  const stores = useStores({ limit: 50 }, some && can("stores.read")).data?.items ?? [];
  if (!some) return <span className="muted">{t("storedValue.ladder.everywhere")}</span>;
  const named = stores.filter(({ id }) => row.store_ids.includes(id)).map(({ name }) => name);
  if (named.length === row.store_ids.length && named.length <= 3) return named.join("、");
  return t("storedValue.ladder.stores", { count: row.store_ids.length });
}

type Status = "live" | "coming" | "over" | "retired";

const COLOUR: Record<Status, string> = {
  live: "success",
  coming: "processing",
  over: "default",
  retired: "default",
};

function statusOf({ retired_at, starts_at, ends_at }: Ladder): Status {
  const now = Date.now();
  if (retired_at) return "retired";
  if (starts_at && Date.parse(starts_at) > now) return "coming";
  return ends_at && Date.parse(ends_at) <= now ? "over" : "live";
}

function State({ row }: { row: Ladder }) {
  const { t } = useTranslation();
  const status = statusOf(row);
  return (
    <Tag variant="filled" color={COLOUR[status]} style={{ margin: 0 }}>
      {t(`storedValue.ladder.status.${status}`)}
    </Tag>
  );
}

function Retire({ row }: { row: Ladder }) {
  const { t } = useTranslation();
  const can = useCan();
  const { modal, message } = App.useApp();
  const words = useProblemWords();
  const retire = useRetireLadder();
  if (!can("stored_value.write") || row.retired_at) return null;
  const ask = () =>
    modal.confirm({
      title: t("storedValue.ladder.retireAsk", { name: row.name }),
      content: t("storedValue.ladder.retireHint"),
      okText: t("storedValue.ladder.retire"),
      okButtonProps: { danger: true },
      onOk: () =>
        retire.mutateAsync(row.id).then(
          () => void message.success(t("storedValue.ladder.retired")),
          (error: unknown) => void message.error(words(error).detail),
        ),
    });
  return (
    <Button size="small" type="text" danger onClick={ask}>
      {t("storedValue.ladder.retire")}
    </Button>
  );
}

function Tile({ row }: { row: Ladder }) {
  const whenOf = useWhen();
  return (
    <div className={styles.tile}>
      <div className="spread">
        <strong>{row.name}</strong>
        <State row={row} />
      </div>
      <Steps steps={row.steps} />
      <div className="spread small muted">
        <span>
          {whenOf(row)} · <Where row={row} />
        </span>
        <Retire row={row} />
      </div>
    </div>
  );
}
