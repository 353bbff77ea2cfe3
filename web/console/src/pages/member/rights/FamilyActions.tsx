import { App, Button, Form, Modal, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  closeFamily,
  invite,
  type PointsTransfer,
  transferPoints,
  useFamilyAct,
} from "../../../api/families";
import type { Family } from "../../../api/types";
import { CountInput } from "../../../parts/CountInput";
import { FieldRow } from "../../../parts/FieldRow";
import { showFieldProblems } from "../../../parts/formProblems";
import { MemberSelect } from "../../../parts/MemberSelect";
import { ProblemAlert } from "../../../parts/ProblemAlert";
import { requestKey } from "../../../parts/requestKey";
import { useProblemWords } from "../../../parts/states";
import { staysWhile } from "../../../parts/staysWhile";
import { useFormat } from "../../../parts/useFormat";

/** Somebody more, points for each other, or the end of it. */
export function FamilyActions({ family, memberId }: { family: Family; memberId: string }) {
  const { t } = useTranslation();
  const { modal, message } = App.useApp();
  const words = useProblemWords();
  const [doing, setDoing] = useState<"invite" | "transfer" | null>(null);
  const close = useFamilyAct(() => closeFamily(family.id));
  const askClose = () =>
    modal.confirm({
      title: t("rights.family.closeAsk", { name: family.name }),
      content: t("rights.family.closeHint"),
      okText: t("rights.family.close"),
      okButtonProps: { danger: true },
      onOk: () =>
        close.mutateAsync(undefined).then(
          () => void message.success(t("rights.family.closed")),
          (error: unknown) => void message.error(words(error).detail),
        ),
    });
  return (
    <span className="cluster">
      <Button size="small" onClick={() => setDoing("invite")}>
        {t("rights.family.invite")}
      </Button>
      {family.people.length > 1 && (
        <Button size="small" onClick={() => setDoing("transfer")}>
          {t("rights.family.transfer")}
        </Button>
      )}
      <Button size="small" type="text" danger onClick={askClose}>
        {t("rights.family.close")}
      </Button>
      {doing === "invite" && <Invite family={family} onClose={() => setDoing(null)} />}
      {doing === "transfer" && (
        <Transfer family={family} memberId={memberId} onClose={() => setDoing(null)} />
      )}
    </span>
  );
}

function Invite({ family, onClose }: { family: Family; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [chosen, setChosen] = useState<string[]>([]);
  const ask = useFamilyAct((member: string) => invite(family.id, member));
  const [member] = chosen;
  const submit = () =>
    member &&
    ask.mutate(member, {
      onSuccess: () => {
        message.success(t("rights.family.invited"));
        onClose();
      },
    });
  return (
    <Modal
      open
      title={t("rights.family.inviteTitle", { name: family.name })}
      okText={t("rights.family.invite")}
      {...staysWhile(ask.isPending)}
      okButtonProps={{ disabled: !member }}
      onOk={submit}
      onCancel={onClose}
    >
      <ProblemAlert error={ask.error} />
      <MemberSelect value={chosen} most={1} onChange={setChosen} />
    </Modal>
  );
}

interface TransferProps {
  family: Family;
  memberId: string;
  onClose: () => void;
}

function Transfer({ family, memberId, onClose }: TransferProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { message } = App.useApp();
  const [form] = Form.useForm<Omit<PointsTransfer, "key">>();
  const [key, setKey] = useState(requestKey);
  const move = useFamilyAct((wanted: PointsTransfer) => transferPoints(family.id, wanted));
  const people = family.people.map((person) => ({
    value: person.member_id,
    label: person.name ?? person.number,
  }));
  return (
    <Modal
      open
      title={t("rights.family.transferTitle")}
      okText={t("rights.family.transfer")}
      {...staysWhile(move.isPending)}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form<Omit<PointsTransfer, "key">>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ from: memberId, to: people.find(({ value }) => value !== memberId)?.value }}
        onFinish={(wanted) =>
          move.mutate(
            { ...wanted, key },
            {
              onSuccess: ({ points }) => {
                message.success(t("rights.family.transferred", { points: format.number(points) }));
                onClose();
              },
              onError: (error) => {
                setKey(requestKey());
                showFieldProblems(form, error);
              },
            },
          )
        }
      >
        <p className="muted small">{t("rights.family.transferHint")}</p>
        <ProblemAlert error={move.error} form={form} />
        <FieldRow least={130}>
          <Form.Item name="from" label={t("rights.family.from")}>
            <Select options={people} />
          </Form.Item>
          <Form.Item name="to" label={t("rights.family.to")}>
            <Select options={people} />
          </Form.Item>
          <Form.Item
            name="points"
            label={t("rights.family.amount")}
            rules={[{ required: true, message: t("rights.family.amountNeeded") }]}
          >
            <CountInput />
          </Form.Item>
        </FieldRow>
      </Form>
    </Modal>
  );
}
