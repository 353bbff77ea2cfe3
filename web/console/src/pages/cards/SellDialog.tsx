import { CloseOutlined } from "@ant-design/icons";
import { App, Button, Form, Input, Modal, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { findCards, type StoredCard, useSellCards } from "../../api/cards";
import { MONEY_KINDS, type MoneyKind } from "../../api/storedValue";
import { Money } from "../../parts/Money";
import { ProblemAlert } from "../../parts/ProblemAlert";
import { requestKey } from "../../parts/requestKey";
import { StoreSelect } from "../../parts/StoreSelect";
import { staysWhile } from "../../parts/staysWhile";
import { useFormat } from "../../parts/useFormat";
import { useLabel } from "../../parts/useLabel";
import { spaced } from "./CardTag";
import styles from "./cards.module.css";

interface Fields {
  store_id: string;
  kind: MoneyKind;
}

/** Cards against money: scanned one by one, paid for together. */
export function SellDialog({ first, onClose }: { first?: StoredCard; onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const label = useLabel();
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const [key] = useState(requestKey);
  const [cards, setCards] = useState<readonly StoredCard[]>(first ? [first] : []);
  const sell = useSellCards();
  const due = cards.reduce((sum, card) => sum + card.face_minor, 0);
  const required = [{ required: true, message: t("form.required") }];
  const submit = ({ store_id, kind }: Fields) =>
    sell.mutate(
      {
        key,
        body: {
          store_id,
          numbers: cards.map(({ number }) => number),
          tenders: [{ kind, amount_minor: due, reference: null }],
        },
      },
      {
        onSuccess: (sale) => {
          message.success(t("cards.sell.done", { count: sale.cards }));
          onClose();
        },
      },
    );
  return (
    <Modal
      open
      title={t("cards.sell.title")}
      okText={t("cards.sell.confirm", { amount: format.money(due) })}
      {...staysWhile(sell.isPending)}
      okButtonProps={{ disabled: cards.length === 0 }}
      onOk={form.submit}
      onCancel={onClose}
    >
      {!first && <Scanner cards={cards} onAdd={(card) => setCards([...cards, card])} />}
      {cards.length === 0 && <p className="muted">{t("cards.sell.none")}</p>}
      <ul className={styles.basket}>
        {cards.map((card) => (
          <li key={card.id} className="spread">
            <span className="num">{spaced(card.number)}</span>
            <span>
              <Money minor={card.face_minor} />
              {!first && (
                <Button
                  type="text"
                  size="small"
                  icon={<CloseOutlined />}
                  aria-label={t("action.remove")}
                  onClick={() => setCards(cards.filter(({ id }) => id !== card.id))}
                />
              )}
            </span>
          </li>
        ))}
      </ul>
      <div className={styles.due}>
        <span>{t("cards.sell.due")}</span>
        <b>
          <Money minor={due} />
        </b>
      </div>
      <ProblemAlert error={sell.error} />
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={submit}
        initialValues={{ kind: "cash" }}
      >
        <Form.Item name="store_id" label={t("cards.sell.store")} rules={required}>
          <StoreSelect width="100%" allowClear={false} />
        </Form.Item>
        <Form.Item name="kind" label={t("cards.sell.kind")} rules={required}>
          <Select options={MONEY_KINDS.map((value) => ({ value, label: label("tender", value) }))} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

/** Takes one number at a time, and says at once what is wrong with it. */
function Scanner({ cards, onAdd }: { cards: readonly StoredCard[]; onAdd: (card: StoredCard) => void }) {
  const { t } = useTranslation();
  const label = useLabel();
  const [text, setText] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  async function add() {
    const number = text.trim();
    if (!number || busy) return;
    setBusy(true);
    try {
      const [found] = (await findCards({ number, limit: 1 })).items;
      const wrong = !found
        ? t("cards.sell.unknown", { number })
        : found.status !== "inactive"
          ? t("cards.sell.notNew", {
              number: spaced(found.number),
              status: label("cardStatus", found.status),
            })
          : cards.some(({ id }) => id === found.id)
            ? t("cards.sell.twice")
            : null;
      setProblem(wrong);
      if (!found || wrong) return;
      onAdd(found);
      setText("");
    } catch {
      setProblem(t("state.offlineHint"));
    } finally {
      setBusy(false);
    }
  }
  return (
    <Form.Item validateStatus={problem ? "error" : ""} help={problem} style={{ marginBottom: 12 }}>
      <Input.Search
        value={text}
        autoFocus
        inputMode="numeric"
        placeholder={t("cards.sell.scan")}
        aria-label={t("cards.sell.scan")}
        enterButton={t("cards.sell.add")}
        loading={busy}
        onChange={(event) => setText(event.target.value)}
        onSearch={() => void add()}
      />
    </Form.Item>
  );
}
