import { App, Button, InputNumber } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type RetentionRule, useRetention, useRetentionPreview, useSetRetention } from "../../api/privacy";
import { useCan } from "../../app/session";
import { Panel } from "../../parts/Panel";
import { ProblemAlert } from "../../parts/ProblemAlert";
import { BlockSkeleton } from "../../parts/skeletons";
import { ErrorState } from "../../parts/states";
import { useFormat } from "../../parts/useFormat";
import styles from "./retention.module.css";

const MOST = 36_500;

/** For how long each sort of data is kept; what that deletes is said before it is saved. */
export function RetentionPanel() {
  const { t } = useTranslation();
  const can = useCan();
  const { message } = App.useApp();
  const { data, error, refetch } = useRetention();
  const [wanted, setWanted] = useState<Record<string, number>>({});
  const preview = useRetentionPreview();
  const save = useSetRetention();
  const may = can("privacy.write");
  const changed = Object.keys(wanted).length > 0;
  const change = (subject: string, days: number | null) => {
    preview.reset();
    if (days !== null) setWanted({ ...wanted, [subject]: days });
  };
  const submit = () =>
    save.mutate(wanted, {
      onSuccess: () => {
        setWanted({});
        preview.reset();
        message.success(t("retention.saved"));
      },
    });
  return (
    <Panel title={t("retention.title")} definition={t("retention.hint")}>
      {error ? (
        <ErrorState error={error} onRetry={() => refetch()} />
      ) : !data ? (
        <BlockSkeleton lines={7} />
      ) : (
        <>
          <ProblemAlert error={save.error ?? preview.error} />
          <ul className={styles.rules}>
            {data.items.map((rule) => (
              <RuleRow
                key={rule.subject}
                rule={rule}
                days={wanted[rule.subject] ?? rule.days}
                over={preview.data?.rows[rule.subject]}
                onChange={may ? (days) => change(rule.subject, days) : undefined}
              />
            ))}
          </ul>
          {may && (
            <div className={`cluster ${styles.actions}`}>
              <Button onClick={() => preview.mutate(wanted)} loading={preview.isPending}>
                {t("retention.look")}
              </Button>
              <Button
                type="primary"
                disabled={!changed || !preview.data}
                loading={save.isPending}
                onClick={submit}
              >
                {t("retention.save")}
              </Button>
              {changed && !preview.data && <span className="small muted">{t("retention.lookFirst")}</span>}
            </div>
          )}
        </>
      )}
    </Panel>
  );
}

function RuleRow({
  rule,
  days,
  over,
  onChange,
}: {
  rule: RetentionRule;
  days: number;
  over: number | undefined;
  onChange: ((days: number | null) => void) | undefined;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const name = format.text(rule.what);
  return (
    <li>
      <span>
        {name}
        <span className="small muted">{format.text(rule.why)}</span>
      </span>
      <span className={styles.days}>
        <InputNumber
          aria-label={name}
          className="num"
          min={rule.least}
          max={MOST}
          precision={0}
          value={days}
          disabled={!onChange}
          onChange={onChange}
        />
        {t("retention.days")}
        {over !== undefined && (
          <span className="small muted num">{t("retention.over", { rows: format.number(over) })}</span>
        )}
      </span>
    </li>
  );
}
