import { Alert, App, Radio } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { type NamedMember, useMergeMembers, useMergePreview } from "../../../api/identity";
import { ActionDialog } from "../../../parts/ActionDialog";
import { MemberSelect } from "../../../parts/MemberSelect";
import { BlockSkeleton } from "../../../parts/skeletons";
import { useFormat } from "../../../parts/useFormat";
import { Moving } from "../../identity/Moving";
import { nameOf } from "../../identity/names";
import styles from "./identities.module.css";

/** Whoever is chosen is the same person: who stays, what moves, what stands in the way, and the button that does it. */
export function MergeDialog({ member, onClose }: { member: NamedMember; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const format = useFormat();
  const navigate = useNavigate();
  const [other, setOther] = useState<NamedMember | null>(null);
  const [stays, setStays] = useState<"this" | "other">("this");
  const pair = other && {
    survivor: stays === "this" ? member.id : other.id,
    absorbed: stays === "this" ? other.id : member.id,
  };
  const preview = useMergePreview(pair);
  const merge = useMergeMembers();
  const found = preview.data;
  const submit = () =>
    pair &&
    merge.mutate(pair, {
      onSuccess: ({ survivor, absorbed }) => {
        message.success(t("identities.merged", { absorbed: nameOf(absorbed), survivor: nameOf(survivor) }));
        if (survivor.id !== member.id) navigate(`/members/${survivor.id}?tab=identities`);
        onClose();
      },
    });
  return (
    <ActionDialog
      title={t("identities.merge")}
      submit={t("identities.mergeNow")}
      ready={found !== undefined && found.refused === null}
      busy={merge.isPending}
      error={merge.error ?? preview.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <div className={styles.dialog}>
        <p className="muted">{t("identities.mergeHint", { name: nameOf(member) })}</p>
        <MemberSelect
          most={1}
          value={other ? [other.id] : []}
          onChange={(_, [picked]) => {
            merge.reset();
            setOther(picked ?? null);
          }}
          placeholder={t("identities.findOther")}
        />
        {other && (
          <Radio.Group
            value={stays}
            onChange={({ target }) => setStays(target.value)}
            aria-label={t("identities.stays")}
            options={[
              { value: "this", label: t("identities.staysWith", { name: nameOf(member) }) },
              { value: "other", label: t("identities.staysWith", { name: nameOf(other) }) },
            ]}
          />
        )}
        {found?.refused ? (
          <Alert type="warning" showIcon role="alert" title={format.text(found.refused.message)} />
        ) : found ? (
          <>
            <p>
              {t("identities.willMerge", {
                absorbed: nameOf(found.absorbed),
                survivor: nameOf(found.survivor),
              })}
            </p>
            <Moving rows={found.moving} />
          </>
        ) : (
          pair && !preview.error && <BlockSkeleton lines={3} />
        )}
      </div>
    </ActionDialog>
  );
}
