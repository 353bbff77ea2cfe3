import { App, Button, Input, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAddCodes, useCodes } from "../../api/programme";
import type { ProgrammeBenefit } from "../../api/types";
import { useCan } from "../../app/session";
import { ProblemAlert } from "../../parts/ProblemAlert";
import { staysWhile } from "../../parts/staysWhile";
import { useFormat } from "../../parts/useFormat";
import { useSpeaker } from "./say/useSayDocument";
import { nameOf } from "./say/words";

const MOST = 5_000;

/** How many of a partner's codes are left, and the way to more. */
export function PartnerCodes({ benefit }: { benefit: ProgrammeBenefit }) {
  const { t } = useTranslation();
  const can = useCan();
  const format = useFormat();
  const codes = useCodes(benefit.code);
  const [adding, setAdding] = useState(false);
  const imported = benefit.effect.kind === "partner_code" && benefit.effect.source === "imported";
  if (!imported) return <span className="muted small">{t("programme.codes.issued")}</span>;
  return (
    <span className="cluster" style={{ justifyContent: "flex-end" }}>
      {codes.data && (
        <span className={codes.data.free === 0 ? "small num strong" : "small num muted"}>
          {t("programme.codes.left", {
            free: format.number(codes.data.free),
            total: format.number(codes.data.total),
          })}
        </span>
      )}
      {can("programme.write") && (
        <Button size="small" onClick={() => setAdding(true)}>
          {t("programme.codes.manage")}
        </Button>
      )}
      {adding && <AddCodes benefit={benefit} onClose={() => setAdding(false)} />}
    </span>
  );
}

function AddCodes({ benefit, onClose }: { benefit: ProgrammeBenefit; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const speaker = useSpeaker();
  const format = useFormat();
  const [text, setText] = useState("");
  const add = useAddCodes(benefit.code);
  const found = [...new Set(text.split(/[\s,，;；]+/).filter(Boolean))];
  const submit = () =>
    add.mutate(found, {
      onSuccess: ({ added }) => {
        message.success(t("programme.codes.added", { added: format.number(added) }));
        onClose();
      },
    });
  return (
    <Modal
      open
      title={t("programme.codes.title", { name: nameOf(benefit.name, speaker) })}
      okText={t("programme.codes.add")}
      {...staysWhile(add.isPending)}
      okButtonProps={{ disabled: found.length === 0 || found.length > MOST }}
      onOk={submit}
      onCancel={onClose}
    >
      <ProblemAlert error={add.error} />
      <Input.TextArea
        autoFocus
        rows={8}
        value={text}
        className="mono"
        placeholder={t("programme.codes.paste")}
        aria-label={t("programme.codes.paste")}
        onChange={(event) => setText(event.target.value)}
      />
      <div className="spread small muted" style={{ marginTop: 6 }}>
        <span>{t(found.length > MOST ? "programme.codes.tooMany" : "programme.codes.pasteHint")}</span>
        <span className="num">{t("programme.codes.found", { count: found.length })}</span>
      </div>
    </Modal>
  );
}
