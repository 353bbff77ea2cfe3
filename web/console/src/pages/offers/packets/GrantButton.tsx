import { Alert, App, Button, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useGrantPacket } from "../../../api/packets";
import type { PacketDetail } from "../../../api/types";
import { MemberSelect } from "../../../parts/MemberSelect";
import { useProblemWords } from "../../../parts/states";
import { staysWhile } from "../../../parts/staysWhile";
import { useFormat } from "../../../parts/useFormat";

/** One packet to one member, by hand. */
export function GrantButton({ campaign, name }: { campaign: PacketDetail; name: string }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const format = useFormat();
  const words = useProblemWords();
  const [open, setOpen] = useState(false);
  const [member, setMember] = useState<string | undefined>();
  const grant = useGrantPacket(campaign.id);
  const give = () =>
    member &&
    grant.mutate(member, {
      onSuccess: (given) => {
        message.success(t("packets.given", { amount: format.money(given.amount_minor) }));
        setOpen(false);
        setMember(undefined);
      },
    });
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t("packets.grant")}</Button>
      <Modal
        open={open}
        title={t("packets.grantTitle", { name })}
        okText={t("packets.grant")}
        {...staysWhile(grant.isPending)}
        okButtonProps={{ disabled: !member }}
        onOk={give}
        onCancel={() => setOpen(false)}
      >
        <MemberSelect value={member ? [member] : []} most={1} onChange={([id]) => setMember(id)} />
        {grant.error && (
          <Alert
            type="error"
            showIcon
            title={words(grant.error).detail}
            style={{ marginTop: 12 }}
            role="alert"
          />
        )}
      </Modal>
    </>
  );
}
