import { App, Modal } from "antd";
import { useTranslation } from "react-i18next";
import {
  type ConsentChannel,
  type ConsentPurpose,
  type ConsentsChange,
  textFor,
  useChangeConsents,
  useConsentPreview,
  useConsentTexts,
} from "../../../api/consent";
import { ProblemAlert } from "../../../parts/ProblemAlert";
import { BlockSkeleton } from "../../../parts/skeletons";
import { staysWhile } from "../../../parts/staysWhile";
import { useFormat } from "../../../parts/useFormat";
import { useLabel } from "../../../parts/useLabel";
import styles from "./Consent.module.css";

export interface Wish {
  purpose: ConsentPurpose;
  channel: ConsentChannel;
  granted: boolean;
}

/** What she is shown, what it changes, and the button that records it. */
export function ChangeConsent({
  memberId,
  wish,
  onClose,
}: {
  memberId: string;
  wish: Wish;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useLabel();
  const { message } = App.useApp();
  const texts = useConsentTexts();
  const text = wish.granted ? textFor(texts.data?.items ?? [], wish.purpose, wish.channel) : undefined;
  const body: ConsentsChange = { decisions: [{ ...wish, text_version: text?.version ?? null }] };
  const preview = useConsentPreview(memberId, body);
  const change = useChangeConsents(memberId);
  const items = preview.data?.items;
  const submit = () =>
    change.mutate(body, {
      onSuccess: () => {
        message.success(t(items?.some(({ pending }) => pending) ? "consent.waits" : "consent.saved"));
        onClose();
      },
    });
  return (
    <Modal
      open
      title={t(wish.granted ? "consent.giveTitle" : "consent.withdrawTitle", {
        purpose: label("purpose", wish.purpose),
      })}
      okText={t(wish.granted ? "consent.give" : "consent.withdraw")}
      {...staysWhile(change.isPending)}
      okButtonProps={{ disabled: !items?.length, danger: !wish.granted }}
      cancelText={t("action.cancel")}
      onOk={submit}
      onCancel={onClose}
    >
      <ProblemAlert error={change.error ?? preview.error ?? texts.error} />
      {wish.granted && (
        <blockquote className={styles.text}>
          {text ? (
            <>
              {format.text(text.text)}
              <footer className="small muted">
                {t("consent.version", { version: text.version })} · {format.date(text.published_at)}
              </footer>
            </>
          ) : (
            <span className="muted">{t("consent.noText")}</span>
          )}
        </blockquote>
      )}
      {items === undefined ? (
        !preview.error && <BlockSkeleton lines={3} />
      ) : items.length === 0 ? (
        <p className="muted">{t("consent.nothing")}</p>
      ) : (
        <ul className={styles.changes} aria-label={t("consent.changes")}>
          {items.map(({ channel, before, after, pending }) => (
            <li key={channel} className="spread">
              <span>{label("consentChannel", channel)}</span>
              <span>
                <span className="muted">{t(before ? "consent.said.yes" : "consent.said.no")} → </span>
                <strong>
                  {t(pending ? "consent.said.pending" : after ? "consent.said.yes" : "consent.said.no")}
                </strong>
              </span>
            </li>
          ))}
        </ul>
      )}
      {items?.some(({ pending }) => pending) && <p className="small muted">{t("consent.pendingHint")}</p>}
    </Modal>
  );
}
