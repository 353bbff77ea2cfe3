import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  CHANNELS,
  type ConsentChannel,
  type ConsentPurpose,
  type ConsentState,
  PURPOSES,
  useConsents,
} from "../../../api/consent";
import { useCan } from "../../../app/session";
import { ExportButton } from "../../../parts/ExportButton";
import { Panel } from "../../../parts/Panel";
import { BlockSkeleton } from "../../../parts/skeletons";
import { ErrorState } from "../../../parts/states";
import { useLabel } from "../../../parts/useLabel";
import { When } from "../../../parts/When";
import { EraseMember } from "../erasing/EraseMember";
import { AccessList } from "./AccessList";
import { ChangeConsent, type Wish } from "./ChangeConsent";
import styles from "./Consent.module.css";
import { ConsentHistory } from "./ConsentHistory";

/** What she agreed to, when, by what and with which text. */
export function ConsentTab({ memberId, number }: { memberId: string; number: string }) {
  const { t } = useTranslation();
  const label = useLabel();
  const can = useCan();
  const copy = `/v1/members/${memberId}/disclosure`;
  const [wish, setWish] = useState<Wish | null>(null);
  const [erasing, setErasing] = useState(false);
  const { data, error, refetch } = useConsents(memberId);
  if (error) return <ErrorState error={error} onRetry={() => refetch()} />;
  if (!data) return <BlockSkeleton lines={8} />;
  const terms = data.items.find(({ purpose }) => purpose === "terms");
  return (
    <div className={styles.tab}>
      <Panel title={t("consent.title")} definition={t("consent.hint")}>
        {PURPOSES.map((purpose) => (
          <Purpose
            key={purpose}
            purpose={purpose}
            states={data.items.filter((state) => state.purpose === purpose)}
            onWish={setWish}
          />
        ))}
        <p className={`small muted ${styles.terms}`}>
          {label("purpose", "terms")} ·{" "}
          {terms ? (
            <>
              {t("consent.agreed")} <When at={terms.at} show="date" /> ·{" "}
              {label("consentSource", terms.source)}
            </>
          ) : (
            t("consent.unasked")
          )}
        </p>
      </Panel>
      <Panel title={t("consent.history")} flush>
        <ConsentHistory memberId={memberId} />
      </Panel>
      {can("privacy.read") && can("members.contact") && (
        <Panel title={t("privacy.copy")}>
          <p className={styles.lead}>{t("privacy.copyHint")}</p>
          <div className="cluster">
            <ExportButton path={copy} query={{ format: "html" }} label={t("privacy.copyHtml")} />
            <ExportButton path={copy} query={{ format: "json" }} label={t("privacy.copyJson")} />
          </div>
        </Panel>
      )}
      {can("privacy.read") && (
        <Panel title={t("privacy.log")} definition={t("privacy.logHint")} flush>
          <AccessList memberId={memberId} />
        </Panel>
      )}
      {can("privacy.write") && (
        <Panel title={t("erasing.panel")}>
          <p className={styles.lead}>{t("erasing.panelHint")}</p>
          <Button danger onClick={() => setErasing(true)}>
            {t("erasing.open")}
          </Button>
        </Panel>
      )}
      {erasing && <EraseMember memberId={memberId} number={number} onClose={() => setErasing(false)} />}
      {wish && <ChangeConsent memberId={memberId} wish={wish} onClose={() => setWish(null)} />}
    </div>
  );
}

function Purpose({
  purpose,
  states,
  onWish,
}: {
  purpose: ConsentPurpose;
  states: ConsentState[];
  onWish: (wish: Wish) => void;
}) {
  const { t } = useTranslation();
  const can = useCan();
  const label = useLabel();
  const may = can("members.write");
  const of = (channel: ConsentChannel) => states.find((state) => state.channel === channel);
  const yes = CHANNELS.filter((channel) => of(channel)?.granted).length;
  return (
    <section className={styles.purpose} aria-label={label("purpose", purpose)}>
      <div className="spread">
        <h3>{label("purpose", purpose)}</h3>
        {may && (
          <span className="cluster">
            {yes < CHANNELS.length && (
              <Button size="small" onClick={() => onWish({ purpose, channel: "*", granted: true })}>
                {t("consent.allYes")}
              </Button>
            )}
            {(yes > 0 || states.length === 0 || states.some(({ pending_until }) => pending_until)) && (
              <Button size="small" onClick={() => onWish({ purpose, channel: "*", granted: false })}>
                {t("consent.allNo")}
              </Button>
            )}
          </span>
        )}
      </div>
      <div className={styles.channels}>
        {CHANNELS.map((channel) => (
          <Channel
            key={channel}
            name={label("consentChannel", channel)}
            state={of(channel)}
            may={may}
            onToggle={() => onWish({ purpose, channel, granted: !of(channel)?.granted })}
          />
        ))}
      </div>
    </section>
  );
}

function Channel({
  name,
  state,
  may,
  onToggle,
}: {
  name: string;
  state: ConsentState | undefined;
  may: boolean;
  onToggle: () => void;
}) {
  const { t } = useTranslation();
  const label = useLabel();
  const pending = state?.pending_until && new Date(state.pending_until) > new Date();
  const said = state?.granted ? "yes" : pending ? "pending" : state ? "no" : "unasked";
  return (
    <button
      type="button"
      className={styles.channel}
      data-said={said}
      disabled={!may}
      onClick={onToggle}
      aria-label={`${name} ${t(`consent.said.${said}`)}`}
    >
      <strong>{name}</strong>
      <span className="small">{t(`consent.said.${said}`)}</span>
      <span className="small muted">
        {state ? (
          <>
            <When at={state.at} show="date" /> · {label("consentSource", state.source)}
            {state.text_version !== null && ` · ${t("consent.version", { version: state.text_version })}`}
          </>
        ) : (
          "—"
        )}
      </span>
    </button>
  );
}
