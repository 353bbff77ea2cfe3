import { App, Button } from "antd";
import { useTranslation } from "react-i18next";
import {
  type HeldTag,
  type MemberTagsChange,
  type Tag,
  type TagGroup,
  useChangeMemberTags,
} from "../../../api/tags";
import { useProblemWords } from "../../../parts/states";
import { useFormat } from "../../../parts/useFormat";

/** Puts a tag on at one tap, or takes it off, and offers the way back. */
export function useTagging(memberId: string, held: HeldTag[]) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const format = useFormat();
  const words = useProblemWords();
  const change = useChangeMemberTags(memberId);
  const fail = (error: unknown) => void message.error(words(error).detail);
  // The sheet closes at the tap: what is told of the answer must not depend on its being there still.
  const act = (body: MemberTagsChange, back: MemberTagsChange, said: string) =>
    change.mutateAsync(body).then(() => {
      const key = `tag-${Date.now()}`;
      const undo = () => {
        message.destroy(key);
        change.mutateAsync(back).then(() => void message.info(t("tags.undone")), fail);
      };
      message.success({
        key,
        duration: 6,
        content: (
          <>
            {said}
            <Button type="link" size="small" onClick={undo}>
              {t("tags.undo")}
            </Button>
          </>
        ),
      });
    }, fail);
  const again = ({ tag, until }: HeldTag) => ({ tag_id: tag.id, until });
  const toggle = (tag: Tag, group: TagGroup) => {
    const name = format.text(tag.name);
    const had = held.find((each) => each.tag.id === tag.id);
    if (had) {
      act({ put: [], take_off: [tag.id] }, { put: [again(had)], take_off: [] }, t("tags.tookOff", { name }));
      return;
    }
    const replaced = group.exclusive ? held.filter((each) => each.tag.group_id === group.id) : [];
    act(
      { put: [{ tag_id: tag.id, until: null }], take_off: [] },
      { put: replaced.map(again), take_off: [tag.id] },
      t("tags.didPut", { name }),
    );
  };
  return { toggle, busy: change.isPending };
}
