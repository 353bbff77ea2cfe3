import { App, Button, Checkbox, Form, Modal, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { accept, decline, useFamilyAct } from "../../../api/families";
import type { FamilyInvitation, FamilyLimits } from "../../../api/types";
import { useCan } from "../../../app/session";
import { showFieldProblems } from "../../../parts/formProblems";
import { ProblemAlert } from "../../../parts/ProblemAlert";
import { useProblemWords } from "../../../parts/states";
import { staysWhile } from "../../../parts/staysWhile";
import { useFormat } from "../../../parts/useFormat";
import { LimitFields } from "./LimitFields";
import styles from "./rights.module.css";

interface Props {
  invitations: readonly FamilyInvitation[];
  /** Who was asked, or which family asks. */
  show: "person" | "family";
}

/** Invitations that wait for an answer, which staff record for whom they see. */
export function Invitations({ invitations, show }: Props) {
  if (invitations.length === 0) return null;
  return (
    <ul className={styles.list}>
      {invitations.map((invitation) => (
        <Asked key={invitation.id} invitation={invitation} show={show} />
      ))}
    </ul>
  );
}

function Asked({ invitation, show }: { invitation: FamilyInvitation; show: Props["show"] }) {
  const { t } = useTranslation();
  const can = useCan();
  const format = useFormat();
  const { modal, message } = App.useApp();
  const words = useProblemWords();
  const [joining, setJoining] = useState(false);
  const refuse = useFamilyAct(() => decline(invitation.id));
  const ask = () =>
    modal.confirm({
      title: t("rights.family.declineAsk", { name: invitation.family_name }),
      okText: t("rights.family.decline"),
      onOk: () =>
        refuse.mutateAsync(undefined).then(
          () => void message.success(t("rights.family.declined")),
          (error: unknown) => void message.error(words(error).detail),
        ),
    });
  return (
    <li>
      <div>
        <span className="cluster">
          {show === "person"
            ? (invitation.name ?? invitation.number)
            : t("rights.family.invitesYou", { name: invitation.family_name })}
          {show === "person" && (
            <Tag variant="filled" color="warning">
              {t("rights.family.waiting")}
            </Tag>
          )}
        </span>
        <p>{t("rights.family.expires", { date: format.date(invitation.expires_at) })}</p>
      </div>
      {can("members.write") && (
        <span className="cluster">
          <Button size="small" onClick={() => setJoining(true)}>
            {t("rights.family.accept")}
          </Button>
          <Button size="small" type="text" onClick={ask}>
            {t("rights.family.decline")}
          </Button>
        </span>
      )}
      {joining && <Join invitation={invitation} onClose={() => setJoining(false)} />}
    </li>
  );
}

interface Fields extends FamilyLimits {
  move_balance?: boolean;
}

function Join({ invitation, onClose }: { invitation: FamilyInvitation; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const join = useFamilyAct(({ move_balance, ...limits }: Fields) =>
    accept(invitation.id, limits, move_balance ?? false),
  );
  return (
    <Modal
      open
      title={t("rights.family.acceptTitle", { name: invitation.family_name })}
      okText={t("rights.family.accept")}
      {...staysWhile(join.isPending)}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={(fields) =>
          join.mutate(fields, {
            onSuccess: () => {
              message.success(t("rights.family.accepted"));
              onClose();
            },
            onError: (error) => showFieldProblems(form, error),
          })
        }
      >
        <ProblemAlert error={join.error} form={form} />
        <LimitFields />
        <Form.Item name="move_balance" valuePropName="checked" style={{ marginBottom: 0 }}>
          <Checkbox>{t("rights.family.move")}</Checkbox>
        </Form.Item>
      </Form>
    </Modal>
  );
}
